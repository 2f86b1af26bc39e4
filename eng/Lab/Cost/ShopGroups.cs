namespace Shop.Lab.Cost;

/// <summary>
/// The processes of the running Shop by the resource that they belong to: a server's processes are one group. Servers in containers are not
/// among them.
/// </summary>
internal static class ShopGroups
{
    /// <summary>The orchestrator itself, with the AppHost.</summary>
    public const string Orchestrator = "orchestrator";

    /// <summary>This process, which makes the load.</summary>
    public const string Load = "load";

    /// <summary>Names the group of each process of the Shop.</summary>
    /// <param name="processes">All processes.</param>
    /// <param name="service">One of the services: its parent starts the other resources too.</param>
    /// <param name="self">The process that makes the load.</param>
    public static IReadOnlyDictionary<int, string> Of(IReadOnlyDictionary<int, ProcessUse> processes, int service, int self)
    {
        var starter = processes[service].Parent;
        var groups = new Dictionary<int, string>();
        foreach (var process in processes.Values)
        {
            if (process.Id == self)
                groups.Add(process.Id, Load);
            else if (Find(processes, process, starter) is { } group)
                groups.Add(process.Id, group);
        }
        return groups;
    }

    private static string? Find(IReadOnlyDictionary<int, ProcessUse> processes, ProcessUse process, int starter)
    {
        if (process.Id == starter || process.Id == processes[starter].Parent || NameOf(process) == "AppHost")
            return Orchestrator;
        var starting = processes[starter];
        // A process may have ended between its child and its parent.
        for (var resource = process; resource is not null; resource = processes.GetValueOrDefault(resource.Parent))
        {
            if (resource.Parent == starter)
                return NameOf(resource) == NameOf(starting) ? Orchestrator : NameOf(resource);
        }
        return null;
    }

    // A server is started by its script.
    private static string NameOf(ProcessUse process)
    {
        var program = process.Arguments is [var shell, var script, ..] && shell.EndsWith("/sh", StringComparison.Ordinal)
            ? script
            : process.Arguments[0];
        return program.EndsWith(".sh", StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(program) : Path.GetFileName(program);
    }
}
