//! Nothing but tests: what `infra/template.yaml` promises, and that each promise would be missed if broken.
//!
//! They are in `tests/promises`, one file a subject. `permissions.txt` beside them is the whole of what each
//! function may do; a change of the template that is meant changes that table too.
