//! The form of JSON.

use super::read_back;
use crate::to_json;

#[test]
fn containers_are_indented_and_empty_ones_short() {
    let text = r#"{
  "a": [
    1,
    [],
    {
      "b": null
    }
  ],
  "c": {},
  "d": true
}
"#;
    assert_eq!(to_json(&read_back("a", text)), text);
}

#[test]
fn numbers_keep_every_digit_and_strings_every_character() {
    let text = r#"[
  1.0,
  1.10,
  -0,
  1e400,
  1E+2,
  123456789012345678901234567890.5,
  "\u0000\u001b\u007f \\ \" / é 😀 \u2028 \t\r\n"
]
"#;
    assert_eq!(to_json(&read_back("a", text)), text);
}

#[test]
fn what_only_yaml_can_say_becomes_its_value() {
    let document = read_back("a", "[0x1F, True, ~, 007, .5]");
    assert_eq!(to_json(&document), "[\n  31,\n  true,\n  null,\n  7,\n  0.5\n]\n");
}
