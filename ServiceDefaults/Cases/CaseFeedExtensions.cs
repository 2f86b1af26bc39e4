using System.Diagnostics;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.ServiceDefaults.Cases;

/// <summary>Declares the cases that routes and consumers feed.</summary>
public static class CaseFeedExtensions
{
    /// <summary>
    /// Tags the spans of requests with the cases that their routes feed, and responds with 503 while a fuse is tripped. Call it before the
    /// middleware that feeds a case.
    /// </summary>
    public static void UseCases(this WebApplication app) => app.UseMiddleware<CaseFeeds>();

    /// <summary>Declares that requests to the route feed a case.</summary>
    public static RouteHandlerBuilder Feeds<TCase>(this RouteHandlerBuilder route) where TCase : ICase
        => route.WithMetadata(new CaseFeed(TCase.Study.Id)).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <summary>Declares that requests to the routes feed a case.</summary>
    public static RouteGroupBuilder Feeds<TCase>(this RouteGroupBuilder routes) where TCase : ICase
        => routes.WithMetadata(new CaseFeed(TCase.Study.Id)).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <summary>Whether the request's route feeds a case.</summary>
    public static bool Feeds<TCase>(this HttpContext context) where TCase : ICase
        => context.GetEndpoint()?.Metadata.GetOrderedMetadata<CaseFeed>().Any(feed => feed.Case == TCase.Study.Id) is true;

    /// <summary>
    /// Declares that the messages of a consumer's queue feed a case. While its fuse is tripped, they are consumed with Fixed.
    /// </summary>
    /// <param name="queue">The queue.</param>
    /// <param name="services">The service's container.</param>
    public static void Feeds<TCase>(this IReceiveEndpointConfigurator queue, IServiceProvider services) where TCase : ICase
    {
        var @case = services.GetServices<ICaseSwitch>().Single(@case => @case.Study == TCase.Study);
        queue.UseExecute(_ => CaseFeeds.Tag(Activity.Current, @case));
    }
}
