using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Shop.ServiceDefaults;

/// <summary>Names the fields of a validation problem as the request's JSON does.</summary>
internal static class ValidationFields
{
    // .NET 10 reports C# names: CustomerId. A name with a hyphen is a header's, which a handler reported itself.
    public static void UseJsonNames(ProblemDetailsContext context)
    {
        if (context.ProblemDetails is HttpValidationProblemDetails problem)
            problem.Errors = problem.Errors.ToDictionary(error => JsonName(error.Key), error => error.Value);
    }

    private static string JsonName(string name) => name.Contains('-', StringComparison.Ordinal) ? name : JsonNamingPolicy.CamelCase.ConvertName(name);
}
