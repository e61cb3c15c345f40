//! The rules: answers in progress and what they imply. Pure functions over `domain`.
