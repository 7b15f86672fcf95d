//! An object's lines, as its bytes come: gunzipped piece by piece, so that an object of any size needs little room.

use flate2::write::MultiGzDecoder;
use std::io::{self, Write};

/// Bytes of a line. Amazon's largest known record is far below a megabyte; what is longer stays in the records and
/// is counted.
pub const LINE_MAX: usize = 8 * 1024 * 1024;

/// Bytes that are gunzipped at once: deflate makes at most about a thousand of one, so 8 MiB of lines.
const PIECE: usize = 8 * 1024;

/// Reads an object that comes in pieces.
#[derive(Debug)]
pub struct Lines {
    decoder: MultiGzDecoder<Splitter>,
}

#[derive(Debug, Default)]
struct Splitter {
    /// Complete lines, and the beginning of the next.
    text: Vec<u8>,
    /// Whether the line that began is already too long; its rest is skipped.
    skipping: bool,
    skipped: u64,
}

impl Default for Lines {
    fn default() -> Self {
        Self { decoder: MultiGzDecoder::new(Splitter::default()) }
    }
}

impl Lines {
    /// Takes the next bytes of the object in and hands each complete line out, one that is too long as nothing. Fails
    /// where they are no gzip.
    pub fn feed(&mut self, bytes: &[u8], mut line: impl FnMut(&[u8])) -> io::Result<()> {
        for piece in bytes.chunks(PIECE) {
            // What was read before a fault is handed out all the same.
            let fed = self.decoder.write_all(piece).and_then(|()| self.decoder.flush());
            self.decoder.get_mut().drain(&mut line);
            fed?;
        }
        Ok(())
    }

    /// The object is over: hands the last line out if nothing ends it, and says how many lines were too long. Fails
    /// where the object was cut off.
    pub fn finish(mut self, mut line: impl FnMut(&[u8])) -> io::Result<u64> {
        let ended = self.decoder.try_finish();
        let splitter = self.decoder.get_mut();
        splitter.drain(&mut line);
        if !splitter.text.is_empty() && !splitter.skipping {
            line(&splitter.text);
        }
        ended.map(|()| splitter.skipped)
    }
}

impl Splitter {
    fn drain(&mut self, line: &mut impl FnMut(&[u8])) {
        let mut rest = 0;
        while let Some(length) = self.text[rest..].iter().position(|byte| *byte == b'\n') {
            line(if self.skipping { &[] } else { &self.text[rest..rest + length] });
            self.skipping = false;
            rest += length + 1;
        }
        self.text.drain(..rest);
        if self.text.len() > LINE_MAX {
            self.skipped += u64::from(!self.skipping);
            self.skipping = true;
        }
        if self.skipping {
            self.text.clear();
        }
    }
}

impl Write for Splitter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.text.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};

    fn zipped(text: &[u8]) -> Vec<u8> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(text).unwrap();
        gzip.finish().unwrap()
    }

    fn read(bytes: &[u8], piece: usize) -> io::Result<(Vec<String>, u64)> {
        let (mut lines, mut found) = (Lines::default(), Vec::new());
        let mut keep = |line: &[u8]| found.push(String::from_utf8_lossy(line).into_owned());
        for piece in bytes.chunks(piece.max(1)) {
            lines.feed(piece, &mut keep)?;
        }
        let skipped = lines.finish(&mut keep)?;
        Ok((found, skipped))
    }

    #[test]
    fn l61_lines_are_the_same_however_the_bytes_are_cut() {
        // Two members of gzip, and a last line that nothing ends.
        let object = [zipped("{\"a\":\"日本\"}\n{\"b\":1}\n\n".as_bytes()), zipped(b"{\"c\":2}")].concat();
        for piece in 1..=object.len() {
            let (lines, skipped) = read(&object, piece).unwrap();
            assert_eq!(
                (lines.join(" ").as_str(), skipped),
                ("{\"a\":\"日本\"} {\"b\":1}  {\"c\":2}", 0),
                "{piece}"
            );
        }
    }

    #[test]
    fn what_is_no_gzip_or_cut_off_is_an_error() {
        assert!(read(b"{\"a\":1}\n", 100).is_err());
        let object = zipped(b"{\"a\":1}\n");
        assert!(read(&object[..object.len() - 3], 100).is_err());
    }

    #[test]
    fn an_endless_line_takes_no_more_room_than_the_limit_and_loses_no_neighbour() {
        let mut text = b"{\"a\":1}\n".to_vec();
        text.resize(text.len() + 3 * LINE_MAX, b'x');
        text.extend_from_slice(b"\n{\"b\":2}\n");
        let object = zipped(&text);
        let (mut lines, mut found) = (Lines::default(), Vec::new());
        for piece in object.chunks(64 * 1024) {
            lines.feed(piece, |line| found.push(line.to_vec())).unwrap();
            assert!(lines.decoder.get_mut().text.len() <= LINE_MAX);
        }
        assert_eq!(lines.finish(|line| found.push(line.to_vec())).unwrap(), 1);
        assert_eq!(found, [b"{\"a\":1}".to_vec(), Vec::new(), b"{\"b\":2}".to_vec()]);
    }
}
