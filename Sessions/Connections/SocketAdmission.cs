namespace Shop.Sessions.Connections;

/// <summary>The result of registering a socket.</summary>
internal enum SocketAdmission
{
    /// <summary>The socket was registered.</summary>
    Admitted,
    /// <summary>The instance has its maximum number of sockets, or is stopping.</summary>
    Full,
    /// <summary>The customer has the maximum number of sockets.</summary>
    TooManyOfCustomer,
}
