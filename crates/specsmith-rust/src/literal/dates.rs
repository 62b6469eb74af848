//! Texts that are dates and times, in the narrow forms that every library reads.

const MONTHS: [(&str, u32); 12] = [
    ("January", 31),
    ("February", 29),
    ("March", 31),
    ("April", 30),
    ("May", 31),
    ("June", 30),
    ("July", 31),
    ("August", 31),
    ("September", 30),
    ("October", 31),
    ("November", 30),
    ("December", 31),
];

/// Year, name of the month and day of a text that is a date of the calendar, such as `2024-02-29`.
pub fn calendar_date(text: &str) -> Option<(u32, &'static str, u32)> {
    let parts: Vec<_> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return None;
    };
    let digits = |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    if !(digits(year, 4) && digits(month, 2) && digits(day, 2)) {
        return None;
    }
    let (year, day): (u32, u32) = (year.parse().ok()?, day.parse().ok()?);
    let (name, days) = MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?)?;
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = if *name == "February" && !is_leap { 28 } else { *days };
    (1..=days).contains(&day).then_some((year, name, day))
}

/// Whether a text is a date and time with an offset (RFC 3339, section 5.6), without leap seconds.
pub(super) fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_once('T') else {
        return false;
    };
    let (time, offset) = match time.find(['Z', '+', '-']) {
        Some(at) => time.split_at(at),
        None => return false,
    };
    let (clock, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let fields = |text: &str, limits: &[u32]| {
        let parts: Vec<_> = text.split(':').collect();
        parts.len() == limits.len()
            && parts.iter().zip(limits).all(|(part, limit)| {
                part.len() == 2
                    && part.bytes().all(|byte| byte.is_ascii_digit())
                    && part.parse().is_ok_and(|n: u32| n <= *limit)
            })
    };
    let offset_fits = offset == "Z" || offset.get(1..).is_some_and(|offset| fields(offset, &[23, 59]));
    let fraction_fits = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    calendar_date(date).is_some() && fields(clock, &[23, 59, 59]) && fraction_fits && offset_fits
}
