using System.CommandLine;
using System.CommandLine.Parsing;

namespace Shop.Lab;

/// <summary>Where the services listen: an option, else what Aspire handed over, else the ports that the AppHost gives them for people.</summary>
internal sealed class ShopAddresses
{
    private static readonly (string Service, int Port)[] Services = [("sessions", 5101), ("orders", 5102), ("payments", 5103), ("documents", 5104)];
    private readonly Dictionary<string, Uri> _addresses;

    private ShopAddresses(Dictionary<string, Uri> addresses) => _addresses = addresses;

    /// <summary>The services' names.</summary>
    public static IEnumerable<string> Names => Services.Select(service => service.Service);

    public Uri this[string service] => _addresses[service];

    /// <summary>Adds one option per service to a command; the result reads them.</summary>
    public static Func<ParseResult, ShopAddresses> AddOptions(Command command)
    {
        var options = Services.Select(service => new Option<Uri>($"--{service.Service}")
        {
            Description = $"Address of {service.Service}; default: Aspire's services__{service.Service}__http__0, else http://localhost:{service.Port}",
            HelpName = "URL",
            CustomParser = Parse,
        }).ToArray();
        foreach (var option in options)
            command.Options.Add(option);
        return parsed => new(Services.Zip(options).ToDictionary(pair => pair.First.Service, pair => parsed.GetValue(pair.Second) ?? Default(pair.First.Service, pair.First.Port)));
    }

    private static Uri? Parse(ArgumentResult argument)
    {
        if (TryParse(argument.Tokens[0].Value, out var address))
            return address;
        argument.AddError($"'{argument.Tokens[0].Value}' is no http address.");
        return null;
    }

    private static Uri Default(string service, int port)
    {
        var variable = $"services__{service}__http__0";
        if (Environment.GetEnvironmentVariable(variable) is not { Length: > 0 } value)
            return new($"http://localhost:{port}");
        return TryParse(value, out var address) ? address : throw new LabException($"{variable} is no http address: '{value}'.", CommandLine.BadArguments);
    }

    private static bool TryParse(string value, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Uri? address)
        => Uri.TryCreate(value, UriKind.Absolute, out address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
}
