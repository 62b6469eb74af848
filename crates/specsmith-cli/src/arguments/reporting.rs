//! Arguments about what is said: the level of each code, and the format.

use clap::{ArgMatches, Args, Command, Error, FromArgMatches, ValueEnum};
use specsmith::{
    Config,
    diagnostics::{Codes, Level, LevelError},
};

use crate::completions;

/// What is said about a document, and how.
#[derive(Debug, Args)]
#[command(next_help_heading = "Diagnostics")]
pub(crate) struct Reporting {
    #[command(flatten)]
    levels: Levels,
    /// Makes every warning an error
    #[arg(long)]
    strict: bool,
    /// The form in which diagnostics are printed
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = MessageFormat::Human)]
    pub(crate) message_format: MessageFormat,
    /// How many diagnostics of one code are shown to people; 0 shows all
    #[arg(long, value_name = "NUMBER", default_value_t = 20)]
    pub(crate) max_per_code: usize,
}

/// The form in which diagnostics are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum MessageFormat {
    /// For people, on standard error, with the lines of the document
    Human,
    /// A JSON object on each line
    Json,
    /// Annotations of GitHub Actions
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

impl Reporting {
    /// The configuration with the levels that the arguments ask for.
    pub(crate) fn apply(&self, config: Config) -> Config {
        let levels = self.levels.0.iter();
        let config = levels.fold(config, |config, (codes, level)| config.level(codes, *level));
        if self.strict { config.strict() } else { config }
    }
}

/// Levels in the order in which they stand on the command line, since the last one counts.
#[derive(Debug)]
struct Levels(Vec<(String, Level)>);

#[derive(Debug, Args)]
struct LevelFlags {
    /// Makes diagnostics errors: a code, or `warnings`, `notes` or `all`
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = denied, add = completions::codes())]
    deny: Vec<String>,
    /// Makes diagnostics warnings
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = warned, add = completions::codes())]
    warn: Vec<String>,
    /// Does not show diagnostics, only how many there are
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = allowed, add = completions::codes())]
    allow: Vec<String>,
}

const LEVELS: [(&str, Level); 3] = [("deny", Level::Deny), ("warn", Level::Warn), ("allow", Level::Allow)];

impl FromArgMatches for Levels {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let mut found: Vec<(usize, String, Level)> = Vec::new();
        for (flag, level) in LEVELS {
            let indices = matches.indices_of(flag).into_iter().flatten();
            let values = matches.get_many::<String>(flag).into_iter().flatten();
            found.extend(indices.zip(values).map(|(index, codes)| (index, codes.clone(), level)));
        }
        found.sort_by_key(|(index, ..)| *index);
        Ok(Self(
            found.into_iter().map(|(_, codes, level)| (codes, level)).collect(),
        ))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Args for Levels {
    fn augment_args(command: Command) -> Command {
        LevelFlags::augment_args(command)
    }

    fn augment_args_for_update(command: Command) -> Command {
        LevelFlags::augment_args_for_update(command)
    }
}

fn denied(name: &str) -> Result<String, LevelError> {
    named(name, Level::Deny)
}

fn warned(name: &str) -> Result<String, LevelError> {
    named(name, Level::Warn)
}

fn allowed(name: &str) -> Result<String, LevelError> {
    named(name, Level::Allow)
}

fn named(name: &str, level: Level) -> Result<String, LevelError> {
    name.parse::<Codes>()?.check(level)?;
    Ok(name.to_owned())
}
