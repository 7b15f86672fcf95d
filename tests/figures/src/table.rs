//! A table in the terminal.

/// Prints rows under their heads: the first column to the left, the others to the right.
pub fn print(heads: &[&str], rows: &[Vec<String>]) {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
        cells.chain([heads[column].chars().count()]).max().unwrap_or(0)
    };
    let line = |cells: &[String]| {
        let aligned = cells.iter().enumerate().map(|(n, cell)| match n {
            0 => format!("{cell:<w$}", w = width(0)),
            _ => format!("{cell:>w$}", w = width(n)),
        });
        println!("{}", aligned.collect::<Vec<_>>().join("  ").trim_end());
    };
    line(&heads.iter().map(|head| (*head).to_owned()).collect::<Vec<_>>());
    rows.iter().for_each(|row| line(row));
}

/// A figure with about three digits that mean something.
pub fn short(value: f64) -> String {
    match value.abs() {
        0.0 => "0".to_owned(),
        v if v >= 100.0 => format!("{value:.0}"),
        v if v >= 10.0 => format!("{value:.1}"),
        v if v >= 0.1 => format!("{value:.2}"),
        v if v >= 0.001 => format!("{value:.4}"),
        _ => format!("{value:.6}"),
    }
}
