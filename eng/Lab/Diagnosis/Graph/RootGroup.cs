namespace Shop.Lab.Diagnosis.Graph;

/// <summary>Which roots explain an object that several reach: the first group that does.</summary>
internal enum RootGroup
{
    /// <summary>Static fields of the application and of its libraries, and the singletons of its container.</summary>
    Application,

    /// <summary>Static fields of the framework, and thread statics.</summary>
    Framework,

    /// <summary>Handles of the runtime.</summary>
    Handle,

    /// <summary>Stacks and the finalizer queue: what is in work.</summary>
    Work,

    /// <summary>Static fields whose name is not known.</summary>
    Unnamed,
}
