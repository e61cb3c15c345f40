//! The patient's door: joins the other modules.
