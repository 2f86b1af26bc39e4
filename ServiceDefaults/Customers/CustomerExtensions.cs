using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Shop.ServiceDefaults.Customers;

/// <summary>Authenticates customers by their session.</summary>
public static class CustomerExtensions
{
    /// <summary>Adds the authentication of customers by requests to Sessions, and <see cref="SessionsClient"/>.</summary>
    public static void AddCustomers(this IHostApplicationBuilder builder)
    {
        builder.Services.AddServiceClient<SessionsClient>("sessions");
        builder.AddCustomers<CustomerCache>();
    }

    /// <summary>Adds the authentication of customers.</summary>
    /// <typeparam name="TLookup">Finds the customer of a session.</typeparam>
    public static void AddCustomers<TLookup>(this IHostApplicationBuilder builder) where TLookup : class, ISessionLookup
    {
        builder.Services.AddSingleton<ISessionLookup, TLookup>();
        // Not AddAuthentication: it adds data protection, which writes key files that this scheme does not use.
        builder.Services.AddAuthenticationCore(options =>
        {
            options.AddScheme<SessionHandler>(SessionHandler.SchemeName, displayName: null);
            options.DefaultScheme = SessionHandler.SchemeName;
        });
        builder.Services.AddAuthorization();
        // ASP.NET Core logs each challenge as information.
        builder.Logging.AddFilter(typeof(SessionHandler).FullName, LogLevel.Warning);
    }

    /// <summary>
    /// Authenticates customers before a request's body is read. Call it after <c>MapDefaultEndpoints</c>, whose exception
    /// handler responds with 503 while Sessions is unavailable.
    /// </summary>
    public static void UseCustomers(this WebApplication app)
    {
        // Without these calls WebApplication would add both before the exception handler.
        app.UseAuthentication();
        app.UseAuthorization();
    }

    /// <summary>
    /// Requires a customer: 401 if <c>X-Session-Id</c> is missing, malformed, unknown or expired, 503 if Sessions does not
    /// respond.
    /// </summary>
    public static RouteGroupBuilder RequireCustomer(this RouteGroupBuilder routes)
        => routes.RequireAuthorization()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
