//! What is wrong, as an exception of Python that carries every finding.

use pyo3::prelude::*;
use pyo3::types::PyDict;
use winset::ask::Wrong;
use winset::{Finding, render};

/// `winset.ScenarioError` with the findings about a text, laid out as the program prints them.
pub fn refused(py: Python<'_>, wrong: &Wrong, file: &str, text: &str) -> PyErr {
    let raised = || -> PyResult<PyErr> {
        let findings = wrong.iter().map(|found| told(py, found, file, text)).collect::<PyResult<Vec<_>>>()?;
        let kind = py.import("winset._findings")?.getattr("ScenarioError")?;
        Ok(PyErr::from_value(kind.call_method1("of", (render(wrong, file, text).trim_end(), findings))?))
    };
    raised().unwrap_or_else(|e| e)
}

/// One finding as the keywords of `winset.Finding`.
pub fn told<'py>(py: Python<'py>, found: &Finding, file: &str, text: &str) -> PyResult<Bound<'py, PyDict>> {
    let place = found.span.as_ref().map(|span| Finding::place(span, text));
    let told = PyDict::new(py);
    told.set_item("severity", if found.severity == winset::scenario::Severity::Error { "error" } else { "warning" })?;
    told.set_item("found", &found.message)?;
    told.set_item("file", file)?;
    told.set_item("line", place.map(|at| at.0))?;
    told.set_item("column", place.map(|at| at.1))?;
    told.set_item("accepted", found.label.as_deref())?;
    told.set_item("hints", &found.hints)?;
    Ok(told)
}
