namespace Shop.ServiceDefaults.Cases;

/// <summary>A resource of the operating system that a process holds by a handle, or leaves behind when it closes one.</summary>
public enum HandleResource
{
    /// <summary>Sockets.</summary>
    Sockets,
    /// <summary>Closed sockets in TIME_WAIT, which no process holds anymore.</summary>
    TimeWaitSockets,
    /// <summary>Inotify instances, of which Linux grants 128 to a user by default.</summary>
    InotifyInstances,
    /// <summary>File descriptors of any kind, those of sockets and inotify instances included.</summary>
    Descriptors,
}
