using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Shop.ServiceDefaults.Customers;

/// <summary>Authenticates the customer by the session in <c>X-Session-Id</c>.</summary>
internal sealed class SessionHandler(ISessionLookup sessions, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, UrlEncoder.Default)
{
    public const string SchemeName = "Session";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // The middleware authenticates every request, but a public route must work while Sessions is unavailable.
        if (Context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>() is null)
            return AuthenticateResult.NoResult();
        var id = ReadId();
        if (!SessionIds.IsWellFormed(id)
            || await sessions.FindAsync(id, IsWrite(Request.Method), Context.RequestAborted) is not { } customer)
            return AuthenticateResult.NoResult();
        Context.Features.Set(customer);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, customer.CustomerId)], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = SchemeName;
        return TypedResults.Problem(
            title: $"This route requires a valid session in the header {SessionIds.Header}.",
            statusCode: StatusCodes.Status401Unauthorized).ExecuteAsync(Context);
    }

    // 404 instead of 403: a customer must not learn whether another customer's data exists.
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => TypedResults.NotFound().ExecuteAsync(Context);

    // The safe methods (RFC 9110, section 9.2.1), without TRACE, which Kestrel does not route here.
    private static bool IsWrite(string method)
        => !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method);

    // A browser cannot set headers on a WebSocket request, but it can offer subprotocols.
    private string? ReadId()
        => Request.Headers.TryGetValue(SessionIds.Header, out var header) || !Context.WebSockets.IsWebSocketRequest
            ? header.ToString()
            : SessionIds.FromSubProtocols(Context.WebSockets.WebSocketRequestedProtocols);
}
