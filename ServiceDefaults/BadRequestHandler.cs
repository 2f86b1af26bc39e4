using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Shop.ServiceDefaults;

/// <summary>Responds to an unreadable request (malformed JSON, wrong type, too large) with a 4xx problem without internals.</summary>
internal sealed class BadRequestHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public const string TooLarge = "The request body is larger than this route accepts.";

    private const string Unreadable = "The request could not be read.";
    private const string UnreadableDetail = "Its body or a parameter is malformed or of the wrong type.";

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException badRequest)
            return false;
        context.Response.StatusCode = badRequest.StatusCode;
        var title = Title(badRequest.StatusCode);
        var problem = new ProblemDetails
        {
            Status = badRequest.StatusCode,
            Title = title,
            Detail = title == Unreadable ? UnreadableDetail : null,
        };
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = problem });
    }

    private static string Title(int status) => status switch
    {
        StatusCodes.Status413PayloadTooLarge => TooLarge,
        StatusCodes.Status415UnsupportedMediaType => "This route does not accept this content type.",
        _ => Unreadable,
    };
}
