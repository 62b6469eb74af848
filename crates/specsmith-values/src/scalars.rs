//! Numbers within their bounds.

use serde_json::{Value, json};
use specsmith_ir::{Number, Numeric, canonical_format};

use crate::make::{Source, Values};

impl Values<'_> {
    pub(crate) fn integer(&mut self, numeric: &Numeric) -> Option<Value> {
        let format = numeric.format.as_deref().map(canonical_format).unwrap_or_default();
        let widest = match format.as_str() {
            "int8" | "uint8" => 100.0,
            _ if self.source != Source::Varied => 1_000.0,
            "int64" if self.random.coin(4) => 9.0e15,
            _ => 20_000.0,
        };
        let is_natural = format.starts_with("uint") || format == "ulong";
        let least = [
            bound(&numeric.minimum),
            bound(&numeric.exclusive_minimum).map(|least| least.floor() + 1.0),
            is_natural.then_some(0.0),
        ];
        let most = [
            bound(&numeric.maximum),
            bound(&numeric.exclusive_maximum).map(|most| most.ceil() - 1.0),
        ];
        let least = least.into_iter().flatten().reduce(f64::max).map(f64::ceil);
        let most = most.into_iter().flatten().reduce(f64::min).map(f64::floor);
        let (least, most) = self.limits(least, most, widest);
        let (least, most) = (least as i64, most as i64);
        let value = self.random.between(least, most)?;
        let factors = numeric.multiple_of.iter().filter_map(Number::as_i64);
        let factor = factors.fold(1_i64, i64::saturating_mul).max(1);
        let value = value / factor * factor;
        // The next multiple where this one is too small.
        let value = if value < least {
            value.saturating_add(factor)
        } else {
            value
        };
        Some(json!(value))
    }

    pub(crate) fn number(&mut self, numeric: &Numeric) -> Option<Value> {
        // To OpenAPI, `int32` is a format of numbers.
        let format = numeric.format.as_deref().map(canonical_format).unwrap_or_default();
        if format.trim_start_matches('u').starts_with("int") || matches!(format.as_str(), "long" | "ulong") {
            return self.integer(numeric);
        }
        let least = [bound(&numeric.minimum), bound(&numeric.exclusive_minimum)];
        let most = [bound(&numeric.maximum), bound(&numeric.exclusive_maximum)];
        let least = least.into_iter().flatten().reduce(f64::max);
        let most = most.into_iter().flatten().reduce(f64::min);
        let (least, most) = self.limits(least, most, 1_000.0);
        let part = self.random.between(1, 127)? as f64 / 128.0;
        let mut value = least + (most - least) * part;
        if let Some(factor) = numeric
            .multiple_of
            .first()
            .and_then(|factor| bound(&Some(factor.clone())))
        {
            value = multiple(value, factor);
            if value < least {
                value = multiple(value + factor, factor);
            }
        } else if self.source != Source::Varied && most - least > 1.0 {
            // As prices are written.
            value = ((value * 100.0).round() / 100.0).clamp(least, most);
        }
        match value.fract() == 0.0 && value.abs() < 1e15 && self.random.coin(2) {
            true => Some(json!(value as i64)),
            false => Some(json!(value)),
        }
    }

    /// The range of a number whose document says this about it.
    fn limits(&self, least: Option<f64>, most: Option<f64>, widest: f64) -> (f64, f64) {
        match (least, most) {
            (Some(least), Some(most)) => (least, most.min(least + 2.0 * widest)),
            (Some(least), None) => (least, least + widest),
            (None, Some(most)) => (most - widest, most),
            (None, None) if self.source == Source::Varied => (-widest, widest),
            (None, None) => (0.0, widest),
        }
    }
}

fn bound(number: &Option<Number>) -> Option<f64> {
    number.as_ref().and_then(|number| number.as_str().parse().ok())
}

/// The multiple of a number at or below another; fractions such as 0.01 are divided by, which is more exact.
fn multiple(value: f64, factor: f64) -> f64 {
    let inverse = (1.0 / factor).round();
    match factor < 1.0 && (inverse * factor - 1.0).abs() < 1e-9 {
        true => (value * inverse).floor() / inverse,
        false => (value / factor).floor() * factor,
    }
}
