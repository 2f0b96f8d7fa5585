//! What many worlds say.

use std::sync::Arc;

use pyo3::prelude::*;
use winset::figure::{Look, Theme};
use winset::report::{pictures::of_answer, run};

use crate::findings::refused;
use crate::tables::{self, Arrow};
use crate::work::work;

/// An answer, owned.
#[pyclass(frozen, module = "winset._winset")]
pub struct Answer(Arc<winset::Answer>);

impl Answer {
    pub fn of(answer: winset::Answer) -> Self {
        Self(Arc::new(answer))
    }

    /// Something that is made of the answer and its deal space, which is compiled for it.
    fn drawn<T: Send + 'static>(
        &self,
        py: Python<'_>,
        of: impl FnOnce(&winset::Answer, &winset::Compiled) -> T + Send + 'static,
    ) -> PyResult<T> {
        let answer = Arc::clone(&self.0);
        let found = work(py, move |_| {
            let space = answer.choices.settings.drawing.compile(answer.n());
            space.map(|space| of(&answer, &space)).map_err(|e| vec![winset::Finding::error(e.to_string())])
        })?;
        found.map_err(|wrong| refused(py, &wrong, &self.0.scenario.name, &self.0.scenario.text))
    }
}

#[pymethods]
impl Answer {
    /// What `winset run --json` prints.
    fn json(&self, py: Python<'_>) -> String {
        py.detach(|| run::summary(&self.0).to_string())
    }

    /// Verdict, sentence, first screen.
    fn words(&self) -> (String, String, String) {
        (run::verdict(&self.0), run::sentence(&self.0), run::screen(&self.0).to_string())
    }

    #[getter]
    fn exists(&self) -> f64 {
        self.0.survey.exists.share
    }

    #[getter]
    fn reached(&self) -> Option<f64> {
        self.0.reached.as_ref().map(|reached| reached.reached.share)
    }

    /// A quantile of the finite margins.
    fn margin_quantile(&self, p: f64) -> Option<f64> {
        self.0.survey.margin.quantile(p)
    }

    /// Name, title, description and SVG of every picture that can be drawn.
    fn figures(
        &self,
        py: Python<'_>,
        dark: bool,
        width: Option<f64>,
    ) -> PyResult<Vec<(String, String, String, String)>> {
        let theme = if dark { Theme::Dark } else { Theme::Light };
        self.drawn(py, move |answer, space| {
            let look = Look { theme, width, titles: true };
            let all = of_answer(space, answer, look).into_iter();
            all.map(|it| (it.name, it.title, it.description, it.svg)).collect()
        })
    }

    /// The report, as one HTML file.
    fn page(&self, py: Python<'_>) -> PyResult<String> {
        self.drawn(py, |answer, space| winset::page::report(answer, space, &of_answer(space, answer, Theme::Light)))
    }

    /// One row a run; `None` where they were not recorded.
    fn runs(&self, py: Python<'_>) -> Option<Arrow> {
        py.detach(|| tables::runs(&self.0))
    }

    /// A table by name; `None` where there is none.
    fn sheet(&self, py: Python<'_>, name: &str) -> Option<Arrow> {
        py.detach(|| tables::sheet(&self.0, name))
    }

    /// The names of the tables.
    fn sheets(&self, py: Python<'_>) -> Vec<String> {
        py.detach(|| tables::names(&self.0))
    }
}
