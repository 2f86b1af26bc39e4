namespace Shop.Sessions.Sockets;

/// <summary>The result of adding a socket.</summary>
internal enum SocketAdmission
{
    /// <summary>The socket was added and must be removed.</summary>
    Admitted,
    /// <summary>The instance has its maximum number of sockets, or is stopping.</summary>
    Full,
    /// <summary>The customer has the maximum number of sockets.</summary>
    TooManyOfCustomer,
}
