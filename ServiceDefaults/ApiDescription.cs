using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using Shop.ServiceDefaults.Customers;

namespace Shop.ServiceDefaults;

/// <summary>
/// Adds to an OpenAPI document what is the same for all routes: the handler's name as the operation's id, the session that a route
/// requires, the problems of unreadable input, the body of all problems, and enums as strings.
/// </summary>
internal sealed class ApiDescription : IOpenApiOperationTransformer, IOpenApiSchemaTransformer
{
    private const string Scheme = "Session";
    private const string ProblemType = "application/problem+json";

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        // ASP.NET Core 10 lists the names without a type, and generated clients then expect numbers.
        if (context.JsonTypeInfo.Type.IsEnum)
            schema.Type = JsonSchemaType.String;
        return Task.CompletedTask;
    }

    public async Task TransformAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        // A lambda's method has a generated name.
        operation.OperationId ??= metadata.OfType<MethodInfo>().Select(method => method.Name)
            .LastOrDefault(name => !name.Contains('<', StringComparison.Ordinal));
        if (metadata.OfType<IAuthorizeData>().Any())
            RequireSession(operation, context.Document!);
        var problem = await context.GetOrCreateSchemaAsync(typeof(ProblemDetails), null, cancellationToken);
        context.Document!.AddComponent(nameof(ProblemDetails), problem);
        DescribeBodies(operation, new OpenApiSchemaReference(nameof(ProblemDetails), context.Document));
    }

    private static void RequireSession(OpenApiOperation operation, OpenApiDocument document)
    {
        document.AddComponent<IOpenApiSecurityScheme>(Scheme, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = SessionIds.Header,
        });
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
    }

    private static void DescribeBodies(OpenApiOperation operation, IOpenApiSchema problem)
    {
        var responses = operation.Responses ??= [];
        var hasBody = operation.RequestBody is not null;
        DescribeBinary(operation.RequestBody?.Content);
        if (hasBody || operation.Parameters?.Any(parameter => parameter.In is not ParameterLocation.Path) is true)
            Add(responses, StatusCodes.Status400BadRequest);
        if (hasBody)
        {
            Add(responses, StatusCodes.Status413PayloadTooLarge);
            Add(responses, StatusCodes.Status415UnsupportedMediaType);
        }
        foreach (var (status, response) in responses)
        {
            DescribeBinary(response.Content);
            // A result such as NotFound has no body of its own; the status code pages write it.
            if (status[0] is '4' or '5' && response is OpenApiResponse { Content: null or { Count: 0 } } empty)
                empty.Content = new Dictionary<string, OpenApiMediaType> { [ProblemType] = new() { Schema = problem } };
        }
    }

    // Inline: generators do not recognize a binary body behind the reference that ASP.NET Core 10 creates for a stream.
    private static void DescribeBinary(IDictionary<string, OpenApiMediaType>? content)
    {
        foreach (var body in content?.Values ?? [])
        {
            if (body.Schema is OpenApiSchemaReference { Reference.Id: nameof(Stream) })
                body.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
        }
    }

    private static void Add(OpenApiResponses responses, int status)
        => responses.TryAdd($"{status}", new OpenApiResponse { Description = ReasonPhrases.GetReasonPhrase(status) });
}
