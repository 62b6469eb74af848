//! How long the steps of a run took.

use std::{
    fmt,
    time::{Duration, Instant},
};

use crate::Kind;

/// How long a step took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timing {
    /// The step.
    pub step: Step,
    /// The output that it was about, where it was about one.
    pub kind: Option<Kind>,
    /// The time that passed.
    pub time: Duration,
}

/// A step from a document to files, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step {
    /// Reads the document with its overlays and the files that it refers to, and bundles them.
    Read,
    /// Decides what the API means.
    Lower,
    /// Gives everything its name and type in Rust.
    Model,
    /// Makes the files of an output in memory, as formatted text.
    Render,
    /// Writes them.
    Write,
    /// Compares them with those that are there.
    Check,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Step::Read => "read",
            Step::Lower => "lower",
            Step::Model => "model",
            Step::Render => "render",
            Step::Write => "write",
            Step::Check => "check",
        })
    }
}

/// Takes the time of steps that follow each other.
#[derive(Debug)]
pub(crate) struct Clock {
    last: Instant,
    timings: Vec<Timing>,
}

impl Clock {
    /// Starts with what was measured before.
    pub(crate) fn start(timings: Vec<Timing>) -> Self {
        Self {
            last: Instant::now(),
            timings,
        }
    }

    /// Ends a step, with which the next one begins.
    pub(crate) fn lap(&mut self, step: Step, kind: Option<Kind>) {
        let now = Instant::now();
        let time = now.duration_since(self.last);
        self.last = now;
        self.timings.push(Timing { step, kind, time });
    }

    /// What was measured.
    pub(crate) fn stop(self) -> Vec<Timing> {
        self.timings
    }
}
