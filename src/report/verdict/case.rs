//! A package with all that is needed to judge it, owned.

use super::Judged;
use crate::analysis::{Leading, Settings, look_at};
use crate::engine::CannotRun;
use crate::model::{Account, ActorId, Law, Negotiation, Package, Scale, World};

/// A package in one world, and how it fares over many.
#[derive(Debug, Clone)]
pub struct Case {
    laws: Vec<Law>,
    world: World,
    account: Account,
    over_worlds: Leading,
}

impl Case {
    /// A package in a world, by default the modal one; `settings` say from what worlds its shares are taken. `None` where no
    /// world of them is kept.
    ///
    /// # Errors
    /// Those of [`look_at`].
    pub fn of(
        n: &Negotiation,
        settings: &Settings,
        world: Option<&World>,
        package: &Package,
    ) -> Result<Option<Self>, CannotRun> {
        let accounts = &settings.drawing.accounts;
        let laws = n.laws(accounts.reading, &accounts.variants);
        let world = world.cloned().unwrap_or_else(|| n.modal_world(&laws));
        let account = Account::of(n, Scale::of(n), &world, package);
        let fares = look_at(n, settings, std::slice::from_ref(package))?.into_iter().next();
        let kept = fares.filter(|fare| fare.would_do.of > 0);
        Ok(kept.map(|over_worlds| Self { laws, world, account, over_worlds }))
    }

    /// The same with what was asked, for a page or for data; `side`: the one party whose points are shown.
    pub fn judged<'a>(&'a self, n: &'a Negotiation, settings: &'a Settings, side: Option<ActorId>) -> Judged<'a> {
        Judged {
            n,
            account: &self.account,
            world: &self.world,
            laws: &self.laws,
            variants: &settings.drawing.accounts.variants,
            defeat: settings.drawing.defeat,
            over_worlds: &self.over_worlds,
            side,
            drawn: settings.runs,
        }
    }
}
