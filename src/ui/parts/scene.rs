//! A drawing of ours on a page of its own kind: two people who talk, where one begins; two people on their way,
//! where one has finished. It is the colour of the words around it and says nothing to a screen reader.

use super::Example;
use crate::ui::markup::{El, el};

/// Which drawing (`public/scenes.svg`, a row each).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scene {
    /// Two people at a table, with tea.
    Talk,
    /// Two people on a path, a tree and the sun.
    Onward,
}

/// The drawing, as wide as there is room for, up to a limit.
pub fn scene(scene: Scene) -> El {
    let class = match scene {
        Scene::Talk => "wm-scene wm-scene--talk",
        Scene::Onward => "wm-scene wm-scene--onward",
    };
    el("div").class(class).attr("aria-hidden", "true")
}

/// This part as it may look.
pub fn examples() -> Vec<Example> {
    vec![("talk", scene(Scene::Talk)), ("onward", scene(Scene::Onward))]
}
