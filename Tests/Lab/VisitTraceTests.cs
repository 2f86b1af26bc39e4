using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Shop.Lab.Load;

namespace Shop.Tests.Lab;

/// <summary>The traces of the load's visits: the dashboard cannot take the spans of all of them.</summary>
public sealed class VisitTraceTests
{
    [Fact]
    public async Task TheServicesRecordOneVisitOf20()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var service = builder.Build();
        service.Run(context => context.Response.WriteAsync(context.Request.Headers.TraceParent.ToString()));
        await service.StartAsync(TestContext.Current.CancellationToken);
        using var http = ShopClient.CreatePool(1);
        var parents = new List<ActivityContext>();
        for (var number = 1; number <= 2 * VisitTrace.Interval; number++)
        {
            using var trace = VisitTrace.Start(new Arrival(number, TimeSpan.Zero));
            parents.Add(ActivityContext.Parse(await ReadAsync(http, service.Urls.Single()), null));
            parents.Add(ActivityContext.Parse(await ReadAsync(http, service.Urls.Single()), null));
        }

        Assert.Equal(2 * VisitTrace.Interval, parents.Select(parent => parent.TraceId).Distinct().Count());
        var recorded = parents.Where(parent => parent.TraceFlags == ActivityTraceFlags.Recorded).Select(parent => parent.TraceId);
        Assert.Equal(2, recorded.Distinct().Count());
        Assert.Equal(ActivityTraceFlags.Recorded, parents[0].TraceFlags);
    }

    private static async Task<string> ReadAsync(HttpMessageInvoker http, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
