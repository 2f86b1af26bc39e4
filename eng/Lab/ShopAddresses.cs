using System.CommandLine;

namespace Shop.Lab;

/// <summary>Where the services listen: an option, else Aspire's variable, else the port that the AppHost gives the service.</summary>
internal sealed class ShopAddresses
{
    private static readonly (string Service, int Port)[] Services
        = [("sessions", 5101), ("orders", 5102), ("payments", 5103), ("documents", 5104)];
    private readonly Dictionary<string, Uri> _addresses;

    private ShopAddresses(Dictionary<string, Uri> addresses) => _addresses = addresses;

    /// <summary>The services' names.</summary>
    public static IEnumerable<string> Names => Services.Select(service => service.Service);

    public Uri this[string service] => _addresses[service];

    /// <summary>Adds one option per service to a command; the result reads them.</summary>
    public static Func<ParseResult, ShopAddresses> AddOptions(Command command)
    {
        var options = Services.ToDictionary(service => service.Service, service => CreateOption(service.Service, service.Port));
        foreach (var option in options.Values)
            command.Options.Add(option);
        return parsed => new(options.ToDictionary(option => option.Key, option => parsed.GetRequiredValue(option.Value)!));
    }

    private static Option<Uri?> CreateOption(string service, int port)
    {
        var variable = $"services__{service}__http__0";
        var option = CheckedOption.Create<Uri?>($"--{service}", $"Address of {service}; without it that of {variable}, else port {port}", "an http address", TryParse);
        option.DefaultValueFactory = argument =>
        {
            if (Environment.GetEnvironmentVariable(variable) is not { Length: > 0 } value)
                return new Uri($"http://localhost:{port}");
            if (!TryParse(value, out var address))
                argument.AddError($"{variable} must be an http address, not '{value}'.");
            return address;
        };
        return option;
    }

    private static bool TryParse(string text, out Uri? address)
        => Uri.TryCreate(text, UriKind.Absolute, out address) && address.Scheme is "http" or "https";
}
