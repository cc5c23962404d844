//! What the simulator does not know, in words.

use crate::kernel::Unsupported;
use crate::tr;

/// The sentence.
pub(super) fn sentence(lacks: &Unsupported) -> String {
    match lacks {
        Unsupported::BadMemory => tr!("script-lacks-bad-memory"),
        Unsupported::SocketKind => tr!("script-lacks-socket-kind"),
        Unsupported::UnixType => tr!("script-lacks-unix-type"),
        Unsupported::MessageFlags => tr!("script-lacks-message-flags"),
        Unsupported::EmptyOutOfBand => tr!("script-lacks-empty-oob"),
        Unsupported::SelfConnect => tr!("script-lacks-self-connect"),
        Unsupported::SocketOption => tr!("script-lacks-socket-option"),
        Unsupported::FcntlCommand => tr!("script-lacks-fcntl"),
        Unsupported::Async => tr!("script-lacks-async"),
        Unsupported::Noatime => tr!("script-lacks-noatime"),
        Unsupported::DirectFile => tr!("script-lacks-direct-file"),
        Unsupported::LargePipe => tr!("script-lacks-large-pipe"),
        Unsupported::NotificationPipe => tr!("script-lacks-notification-pipe"),
        Unsupported::LibrarySignals => tr!("script-lacks-library-signals"),
        Unsupported::StopSignals => tr!("script-lacks-stop-signals"),
        Unsupported::UnknownTask => tr!("script-lacks-unknown-task"),
        Unsupported::Ioctl => tr!("script-lacks-ioctl"),
        Unsupported::FileWrite => tr!("script-lacks-file-write"),
        Unsupported::LargeRead => tr!("script-lacks-large-read"),
        Unsupported::LargeWrite => tr!("script-lacks-large-write"),
        Unsupported::Path { path, known } => {
            tr!("script-lacks-path", path = path.as_str(), known = *known)
        }
        Unsupported::OpenFlags { flags } => {
            tr!("script-lacks-open-flags", flags = format!("{flags:#o}"))
        }
    }
}
