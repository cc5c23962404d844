//! Arguments of `ioctl`, and of what is no system call: `inject`, `deliver`, `hold`.

use super::Args;
use super::signals::name_of;
use crate::kernel::syscall::{EpollParams, Fault, IoctlArg, Whom};
use crate::script::ast::Value;
use crate::tr;

impl Args<'_> {
    /// The third argument of `ioctl`.
    pub(super) fn ioctl_arg(&mut self) -> IoctlArg {
        let Some(value) = self.rest.next() else { return IoctlArg::Buffer };
        let parts = match &value.node {
            Value::Null => return IoctlArg::Null,
            Value::Braces(parts) => parts.as_slice(),
            _ => &[],
        };
        let ([usecs, budget, prefer] | [usecs, budget, prefer, _]) = parts else {
            let expected = tr!("script-params-or-null", params = "{usecs, budget, prefer}");
            let message = tr!("script-no-struct", name = "struct epoll_params");
            self.complain(value, message, expected);
            return IoctlArg::Null;
        };
        let (usecs, pad) = (self.integer(usecs, "uint32_t", super::I32) as u32, parts.get(3));
        let budget = self.integer(budget, "uint16_t", 0..=u16::MAX.into()) as u16;
        let prefer = self.integer(prefer, "uint8_t", 0..=u8::MAX.into()) as u8;
        let pad = pad.map_or(0, |pad| self.integer(pad, "uint8_t", 0..=u8::MAX.into()) as u8);
        IoctlArg::Params(EpollParams { usecs, budget, prefer, pad })
    }

    /// How many segments; left out for all of them.
    pub(super) fn count_or_all(&mut self) -> Option<u32> {
        let value = self.rest.next()?;
        Some(self.integer(value, "unsigned int", 0..=u32::MAX.into()) as u32)
    }

    /// Who gets the processor, or does not; left out it is about segments.
    pub(super) fn whom(&mut self) -> Option<Whom> {
        let value = self.rest.as_slice().first()?;
        if name_of(value) == Some("WOKEN") {
            self.rest.next();
            return Some(Whom::Woken);
        }
        let (tid, name) = self.task();
        Some(Whom::Task { tid, name })
    }

    /// What is to go wrong, and where.
    pub(super) fn fault(&mut self) -> Fault {
        let error = self.rest.next();
        let (Some(error), Some(number)) = (error, self.rest.next()) else {
            return Fault::Efault(0);
        };
        let name = name_of(error).unwrap_or_default();
        let least = if name == "EFAULT" { 0 } else { 1 };
        let n = self.integer(number, "unsigned int", least..=u32::MAX.into()) as u32;
        match name {
            "ENOMEM" => Fault::Enomem(n),
            "ENFILE" => Fault::Enfile(n),
            "EFAULT" => Fault::Efault(n),
            _ => {
                self.complain(error, tr!("script-no-fault"), tr!("script-a-fault"));
                Fault::Efault(n)
            }
        }
    }
}
