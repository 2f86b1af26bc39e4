using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Page.Access;

/// <summary>
/// Shows the page to whoever has the lab key. The dashboard's link has it in the fragment, which no server sees and no log contains; the
/// key page posts it once, and a cookie stands for it, which is worthless once the Lab runs with another key.
/// </summary>
internal static class PageAccess
{
    private const string CookieName = "shop-lab";

    // Scripts, styles and connections of this server only. Components set the style attribute of elements; no style sheet is inline.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

    /// <summary>Adds the cookie.</summary>
    public static void AddPageAccess(this WebApplicationBuilder builder, string key)
    {
        builder.Services.Configure<LabOptions>(options => options.Key = key);
        builder.Services.AddDataProtection().AddKeyManagementOptions(options =>
        {
            options.XmlRepository = new DerivedKeyRing(key);
            options.AutoGenerateKeys = false;
        });
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(options =>
        {
            options.Cookie.Name = CookieName;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.SlidingExpiration = true;
            options.Events.OnRedirectToLogin = context => ShowKeyPageAsync(context.HttpContext);
        });
        builder.Services.AddAuthorization();
    }

    /// <summary>Refuses requests of other sites: 403; sets the headers of every answer.</summary>
    public static void UsePageAccess(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
            context.Response.Headers.XContentTypeOptions = "nosniff";
            context.Response.Headers["Referrer-Policy"] = "no-referrer";
            return context.Request.IsLocal() ? next(context) : LocalRequests.Refuse().ExecuteAsync(context);
        });
        app.UseAuthentication();
        app.UseAuthorization();
        // The key page is not served to other sites, and its cookie is not sent by them.
        app.UseAntiforgery();
    }

    /// <summary>Maps <c>POST /key</c>, which takes the key and sets the cookie: 204, or 401.</summary>
    public static void MapKey(this WebApplication app)
        => app.MapPost("/key", EnterAsync).DisableAntiforgery().ExcludeFromDescription();

    private static async Task<Results<NoContent, ProblemHttpResult>> EnterAsync(
        [FromForm] string key, HttpContext context, IOptions<LabOptions> options)
    {
        if (!options.Value.HasKey(key))
            return TypedResults.Problem(title: "This is not the lab key of this run.", statusCode: StatusCodes.Status401Unauthorized);
        // Antiforgery tokens are bound to a name.
        var identity = new ClaimsIdentity([new(ClaimTypes.Name, "lab")], CookieAuthenticationDefaults.AuthenticationScheme);
        await context.SignInAsync(new ClaimsPrincipal(identity));
        return TypedResults.NoContent();
    }

    private static Task ShowKeyPageAsync(HttpContext context)
    {
        var hasOtherKey = context.Request.Cookies.ContainsKey(CookieName);
        var page = new RazorComponentResult<KeyPage>(new Dictionary<string, object?> { [nameof(KeyPage.HasOtherKey)] = hasOtherKey })
        {
            StatusCode = StatusCodes.Status401Unauthorized,
        };
        return page.ExecuteAsync(context);
    }
}
