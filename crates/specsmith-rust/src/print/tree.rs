//! Tokens as trees, which are looked at again and again without a copy of them.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// A token, or tokens between delimiters.
pub(super) enum Tree {
    /// A name, sign or literal.
    Token(TokenTree),
    /// What is between delimiters.
    Group(Delimiter, Vec<Tree>),
}

/// Takes tokens apart.
pub(super) fn trees(tokens: TokenStream) -> Vec<Tree> {
    let trees = tokens.into_iter().map(|token| match token {
        TokenTree::Group(group) => {
            let (delimiter, stream) = (group.delimiter(), group.stream());
            // The tokens of a stream that nothing else has are moved.
            drop(group);
            Tree::Group(delimiter, trees(stream))
        }
        token => Tree::Token(token),
    });
    trees.collect()
}

/// The tokens that trees were made from.
pub(super) fn stream(trees: &[Tree]) -> TokenStream {
    let tokens = trees.iter().map(|tree| match tree {
        Tree::Token(token) => token.clone(),
        Tree::Group(delimiter, trees) => TokenTree::Group(Group::new(*delimiter, stream(trees))),
    });
    tokens.collect()
}

/// Whether a tree is this sign.
pub(super) fn is_sign(tree: &Tree, sign: char) -> bool {
    matches!(tree, Tree::Token(TokenTree::Punct(punct)) if punct.as_char() == sign)
}

/// Whether a tree is this word.
pub(super) fn is_word(tree: &Tree, word: &str) -> bool {
    matches!(tree, Tree::Token(TokenTree::Ident(ident)) if ident == word)
}

/// What is in braces.
pub(super) fn braced(tree: &Tree) -> Option<&[Tree]> {
    inside(tree, Delimiter::Brace)
}

/// What is between these delimiters.
pub(super) fn inside(tree: &Tree, delimiter: Delimiter) -> Option<&[Tree]> {
    match tree {
        Tree::Group(of, trees) if *of == delimiter => Some(trees),
        _ => None,
    }
}

/// Splits a list at its commas; one at its end counts for nothing.
pub(super) fn items(trees: &[Tree]) -> Vec<&[Tree]> {
    let mut items = Vec::new();
    let mut rest = trees;
    while !rest.is_empty() {
        let end = end_of_item(rest);
        items.push(rest.get(..end).unwrap_or_default());
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    items
}

/// Where the comma behind the first item of a list is.
pub(super) fn end_of_item(trees: &[Tree]) -> usize {
    let mut depth = 0_usize;
    let mut before = ' ';
    for (index, tree) in trees.iter().enumerate() {
        let Tree::Token(TokenTree::Punct(sign)) = tree else {
            before = ' ';
            continue;
        };
        match sign.as_char() {
            '<' => depth += 1,
            // An arrow closes nothing.
            '>' if !matches!(before, '-' | '=') => depth = depth.saturating_sub(1),
            ',' if depth == 0 => return index,
            _ => {}
        }
        before = sign.as_char();
    }
    trees.len()
}
