using System.CommandLine;

namespace Shop.Lab;

/// <summary>Where the page listens.</summary>
internal static class PageAddress
{
    public const string Default = "http://localhost:5100";

    /// <summary>Adds the option to a command; the result reads it.</summary>
    public static Func<ParseResult, Uri> AddOption(Command command)
    {
        var page = CheckedOption.Create<Uri?>(
            "--page", $"Address of the Lab's page, which the AppHost starts; default: {Default}", "an http address",
            static (text, out address) => Uri.TryCreate(text, UriKind.Absolute, out address) && address.Scheme is "http" or "https");
        page.DefaultValueFactory = _ => new Uri(Default);
        command.Options.Add(page);
        return parsed => parsed.GetRequiredValue(page)!;
    }
}
