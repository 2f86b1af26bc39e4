using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Hosting;
using Radzen;
using Shop.Lab.Cases;
using Shop.Lab.Diagnosis.Snapshots;
using Shop.Lab.Page.Access;
using Shop.Lab.Page.Alerts;
using Shop.Lab.Page.Cases;
using Shop.Lab.Page.Drills;
using Shop.Lab.Page.Live;
using Shop.Lab.Page.Load;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Page;

/// <summary>The server of the page.</summary>
internal static class PageServer
{
    /// <summary>Creates it; it listens at <c>ASPNETCORE_URLS</c>, else on port 5100.</summary>
    /// <param name="addresses">Where the services listen.</param>
    /// <param name="key">The lab key.</param>
    /// <param name="dumps">Where the dumps of alerts are kept; null for nowhere.</param>
    public static WebApplication Create(ShopAddresses addresses, string key, DumpKeeping? dumps)
    {
        // The page's files lie beside the program, from wherever it is started.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseStaticWebAssets();
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
            builder.WebHost.UseUrls(PageAddress.Default);
        builder.AddServiceDefaults();
        builder.AddPageAccess(key);
        builder.Services.AddSingleton(addresses);
        builder.Services.AddSingleton(_ => new LabClient(addresses, key));
        builder.Services.AddLivePages();
        builder.AddAlerts(dumps);
        builder.Services.AddLoad();
        builder.Services.AddCasePages();
        builder.Services.AddDrill();
        builder.Services.AddRadzenComponents();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();

        var app = builder.Build();
        app.UsePageAccess();
        app.MapDefaultEndpoints();
        app.MapStaticAssets();
        app.MapKey();
        app.MapLoadApi();
        app.MapDrillApi();
        app.MapCasePages();
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null)
            .RequireAuthorization();
        return app;
    }
}
