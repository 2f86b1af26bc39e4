using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Shop.ServiceDefaults;

/// <summary>Rejects a request whose charset is not UTF-8, the only encoding of JSON (RFC 8259 §8.1), before its body is read.</summary>
internal static class BodyCharset
{
    private const string Utf8 = "utf-8";

    public static void UseBodyCharset(this WebApplication app) => app.Use(RejectUnknownAsync);

    private static Task RejectUnknownAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>() is null
            || !MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || !type.Charset.HasValue)
            return next(context);
        // RFC 9110 §5.6.6 allows quotes. The framework looks for an encoding whose name contains them, and throws.
        if (!HeaderUtilities.UnescapeAsQuotedString(type.Charset).Equals(Utf8, StringComparison.OrdinalIgnoreCase))
        {
            return TypedResults.Problem(
                title: $"The charset of a request body must be {Utf8}.", statusCode: StatusCodes.Status415UnsupportedMediaType)
                .ExecuteAsync(context);
        }
        type.Charset = Utf8;
        context.Request.ContentType = type.ToString();
        return next(context);
    }
}
