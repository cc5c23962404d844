//! What Linux can and the simulator cannot.

/// Something that Linux can and the simulator cannot. Not an errno: the simulated program never
/// sees it. Who says it to a person chooses the words.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unsupported {
    /// Bad memory in a call whose copies are not modelled.
    BadMemory,
    /// A kind of socket.
    SocketKind,
    /// A type of AF_UNIX sockets other than stream and datagram.
    UnixType,
    /// Flags of `send` and `recv`.
    MessageFlags,
    /// `recv(…, 0, MSG_OOB)`
    EmptyOutOfBand,
    /// A TCP socket that connects to its own port.
    SelfConnect,
    /// A socket option.
    SocketOption,
    /// Commands of `fcntl` that have nothing to do with readiness.
    FcntlCommand,
    /// `O_ASYNC`
    Async,
    /// `O_NOATIME`
    Noatime,
    /// `O_DIRECT` on a regular file.
    DirectFile,
    /// Pipes of more than `pipe_max_size`.
    LargePipe,
    /// `O_NOTIFICATION_PIPE`
    NotificationPipe,
    /// Signals 32 and 33.
    LibrarySignals,
    /// Signals that stop, continue or dump core.
    StopSignals,
    /// A signal to somebody who never was.
    UnknownTask,
    /// An `ioctl`.
    Ioctl,
    /// A path that nobody made.
    Path {
        /// The path.
        path: String,
        /// Those there are.
        known: &'static str,
    },
    /// Flags of `open`.
    OpenFlags {
        /// Those that are not known.
        flags: i32,
    },
    /// Writes to a regular file.
    FileWrite,
    /// Reads from `/dev/zero` of more than 16 MiB.
    LargeRead,
    /// Writes and sends of more than 16 MiB of filler.
    LargeWrite,
}
