namespace Shop.Lab.Proof.Running;

/// <summary>What the services are told of their surroundings, in the variables that Aspire would set.</summary>
internal static class Environments
{
    /// <summary>Everything a service of the shop may ask for; what it does not use does not disturb it.</summary>
    public static Dictionary<string, string> Of(Room room, Neighbours neighbours)
    {
        var environment = new Dictionary<string, string>
        {
            ["ConnectionStrings__orders-db"] = room.Database,
            ["ConnectionStrings__payments-db"] = room.Database,
            ["ConnectionStrings__documents-db"] = room.Database,
            ["ConnectionStrings__redis"] = room.Redis,
            ["ConnectionStrings__bus"] = room.Bus.AbsoluteUri,
        };
        foreach (var (name, address) in neighbours.Addresses)
            environment[$"services__{name}__http__0"] = address.AbsoluteUri;
        return environment;
    }

    /// <summary>The folder of a service's project.</summary>
    public static string ProjectOf(string service) => service == "gateway" ? "eng/Gateway" : char.ToUpperInvariant(service[0]) + service[1..];
}
