using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Shop.ServiceDefaults;

/// <summary>
/// Writes every problem, whatever the client accepts: the default writer declines a client that accepts only images, which turned a 503
/// into a 500. The type is derived from the title, and a validation problem uses the names of the request's JSON. A title therefore
/// contains no values (RFC 9457 §3.1.3); they belong to the detail.
/// </summary>
internal sealed partial class ProblemWriter : IProblemDetailsWriter
{
    private const string StatusOnly = "about:blank";
    private const string TypePrefix = "tag:shop.example,2026:";

    public bool CanWrite(ProblemDetailsContext context) => true;

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var response = context.HttpContext.Response;
        var problem = context.ProblemDetails;
        var phrase = ReasonPhrases.GetReasonPhrase(problem.Status ??= response.StatusCode);
        problem.Title ??= phrase;
        // RFC 9457 §4.2.1: about:blank requires the title of the status.
        var words = Separators.Replace(problem.Title, "-").Trim('-');
        problem.Type = problem.Title == phrase ? StatusOnly : TypePrefix + words.ToLowerInvariant();
        if (problem is HttpValidationProblemDetails validation)
            validation.Errors = validation.Errors.ToDictionary(error => JsonName(error.Key), error => error.Value);
        return new(response.WriteAsJsonAsync(
            problem, problem.GetType(), options: null, "application/problem+json", context.HttpContext.RequestAborted));
    }

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex Separators { get; }

    // .NET 10 reports C# names such as CustomerId. A name with a hyphen is a header, reported by a handler.
    private static string JsonName(string name)
        => name.Contains('-', StringComparison.Ordinal) ? name : JsonNamingPolicy.CamelCase.ConvertName(name);
}
