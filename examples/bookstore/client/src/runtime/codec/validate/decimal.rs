//! Numbers by value: 1.0 is 1, and 19.99 is a multiple of 0.01.

use std::cmp::Ordering;
use std::fmt;

/// A decimal number, exact up to 37 digits: the mantissa times ten to the exponent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decimal {
    mantissa: i128,
    exponent: i32,
}

/// The most digits that are kept.
const MAX_DIGITS: u32 = 37;

impl Decimal {
    /// Reads a number as JSON and Rust write it; what is none is 0.
    pub(super) fn parse(text: &str) -> Self {
        let (text, exponent) = match text.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, exponent.parse::<i32>().unwrap_or(i32::MAX / 2)),
            None => (text, 0),
        };
        let exponent = exponent.clamp(i32::MIN / 2, i32::MAX / 2);
        let (mut mantissa, mut shift, mut digits, mut fraction) = (0i128, 0i32, 0u32, false);
        for byte in text.bytes() {
            match byte {
                b'.' => fraction = true,
                b'0'..=b'9' if digits < MAX_DIGITS => {
                    mantissa = mantissa * 10 + i128::from(byte - b'0');
                    digits += u32::from(mantissa != 0);
                    shift -= i32::from(fraction);
                }
                b'0'..=b'9' => shift += i32::from(!fraction),
                _ => {}
            }
        }
        if text.trim_start().starts_with('-') {
            mantissa = -mantissa;
        }
        Self {
            mantissa,
            exponent: exponent.saturating_add(shift),
        }
        .trimmed()
    }

    /// The number without zeros at its end.
    fn trimmed(mut self) -> Self {
        if self.mantissa == 0 {
            self.exponent = 0;
        }
        while self.mantissa != 0 && self.mantissa % 10 == 0 {
            self.mantissa /= 10;
            self.exponent = self.exponent.saturating_add(1);
        }
        self
    }

    /// Whether the number has no fraction.
    pub(super) fn is_integer(self) -> bool {
        self.exponent >= 0
    }

    /// Which of two numbers is greater.
    pub(super) fn compare(self, other: Self) -> Ordering {
        let sign = self.mantissa.signum().cmp(&other.mantissa.signum());
        if sign != Ordering::Equal || self.mantissa == 0 {
            return sign;
        }
        let by_size = match self.size().cmp(&other.size()) {
            Ordering::Equal => {
                // Of the same number of digits before the point, so the one with the longer mantissa is the finer one.
                let (low, high) = (self.digits(), other.digits());
                let scale = |mantissa: i128, by: u32| {
                    mantissa
                        .unsigned_abs()
                        .saturating_mul(10u128.saturating_pow(by))
                };
                scale(self.mantissa, high.saturating_sub(low))
                    .cmp(&scale(other.mantissa, low.saturating_sub(high)))
            }
            unequal => unequal,
        };
        match self.mantissa < 0 {
            true => by_size.reverse(),
            false => by_size,
        }
    }

    /// Whether the number is a multiple of another one.
    pub(super) fn is_multiple_of(self, step: Self) -> bool {
        if step.mantissa == 0 || self.mantissa == 0 {
            return true;
        }
        // A trimmed mantissa has no factor 10, so it is no multiple of a step that has one more.
        let shift = i64::from(self.exponent) - i64::from(step.exponent);
        let Ok(shift) = u32::try_from(shift) else {
            return false;
        };
        let modulus = step.mantissa.unsigned_abs();
        let power = power_modulo(10, shift, modulus);
        multiply_modulo(self.mantissa.unsigned_abs() % modulus, power, modulus) == 0
    }

    /// The place of the first digit.
    fn size(self) -> i64 {
        i64::from(self.digits()) + i64::from(self.exponent)
    }

    fn digits(self) -> u32 {
        self.mantissa
            .unsigned_abs()
            .checked_ilog10()
            .map_or(0, |log| log + 1)
    }
}

/// Writes the mantissa and the exponent, the same for equal numbers.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}e{}", self.mantissa, self.exponent)
    }
}

impl From<i128> for Decimal {
    fn from(mantissa: i128) -> Self {
        Self {
            mantissa,
            exponent: 0,
        }
        .trimmed()
    }
}

/// The shortest decimal that reads as the same number.
impl From<f64> for Decimal {
    fn from(number: f64) -> Self {
        Self::parse(&format!("{number:e}"))
    }
}

fn power_modulo(mut base: u128, mut exponent: u32, modulus: u128) -> u128 {
    let mut power = 1 % modulus;
    base %= modulus;
    while exponent > 0 {
        if exponent & 1 == 1 {
            power = multiply_modulo(power, base, modulus);
        }
        base = multiply_modulo(base, base, modulus);
        exponent >>= 1;
    }
    power
}

/// `a * b % modulus`, where both are smaller than the modulus, which is smaller than 2^127.
fn multiply_modulo(mut a: u128, mut b: u128, modulus: u128) -> u128 {
    if let Some(product) = a.checked_mul(b) {
        return product % modulus;
    }
    let mut sum = 0;
    while b > 0 {
        if b & 1 == 1 {
            sum = (sum + a) % modulus;
        }
        a = (a << 1) % modulus;
        b >>= 1;
    }
    sum
}
