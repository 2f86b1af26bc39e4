using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Shop.ServiceDefaults;

/// <summary>Converts the field names of a validation problem to those of the request's JSON.</summary>
internal static class ValidationFields
{
    // .NET 10 reports C# names such as CustomerId. A name with a hyphen is a header, reported by a handler.
    public static void UseJsonNames(ProblemDetailsContext context)
    {
        if (context.ProblemDetails is HttpValidationProblemDetails problem)
            problem.Errors = problem.Errors.ToDictionary(error => JsonName(error.Key), error => error.Value);
    }

    private static string JsonName(string name)
        => name.Contains('-', StringComparison.Ordinal) ? name : JsonNamingPolicy.CamelCase.ConvertName(name);
}
