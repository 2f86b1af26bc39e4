using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.FeatureManagement;
using StackExchange.Redis;

namespace Shop.ServiceDefaults.Cases;

/// <summary>Registers a service's cases with their variants, flags, metrics and fuse.</summary>
public static class CaseExtensions
{
    /// <summary>Adds the feature flags and the lab to a service; the result adds its cases.</summary>
    public static CasesBuilder AddCases(this IHostApplicationBuilder builder)
    {
        builder.AddRedisClient("redis", configureOptions: LimitTimeouts);
        var flags = new CaseFlagsSource();
        builder.Configuration.Sources.Add(flags);
        builder.Services.AddFeatureManagement();
        builder.Services.AddSingleton(flags.Provider);
        builder.Services.AddSingleton<CaseStore>();
        builder.Services.AddSingleton<CaseFlags>();
        builder.Services.AddSingleton<CaseMetrics>();
        builder.Services.AddHostedService(services => services.GetRequiredService<CaseFlags>());
        builder.Services.AddHostedService<CaseFuse>();
        builder.Services.AddHostedService<FullCollections>();
        builder.Services.AddSingleton<InducedCollections>();
        builder.Services.AddSingleton<CollectCount>();
        builder.Services.AddSingleton<RequestTimes>();
        builder.Services.AddSingleton<LiveSampler>();
        builder.Services.AddOptions<LabOptions>().BindConfiguration(LabOptions.Section)
            .Validate(options => options.HasValidHosts(), "Lab:Hosts has a value that is no host name.").ValidateOnStart();
        return new CasesBuilder(builder.Services, builder.Configuration);
    }

    /// <summary>
    /// Returns the maximum number of entries of a case's bounded variants: configuration <c>Cases:{Id}:Capacity</c>, at least 1. A proof
    /// sets a small one.
    /// </summary>
    /// <param name="configuration">The service's configuration.</param>
    /// <param name="study">The case.</param>
    /// <param name="defaultCapacity">The capacity in production.</param>
    public static int CapacityOf(this IConfiguration configuration, CaseStudy study, int defaultCapacity)
        => configuration.GetValue($"Cases:{study.Id}:Capacity", defaultCapacity);

    // A request fails within two seconds if Redis is unavailable or does not respond, and no commands queue up meanwhile.
    private static void LimitTimeouts(ConfigurationOptions redis)
    {
        redis.AbortOnConnectFail = false;
        redis.BacklogPolicy = BacklogPolicy.FailFast;
        redis.AsyncTimeout = 1_500;
        // The heartbeat detects timeouts; at its default interval of 1 s a call could take 2.5 s to time out.
        redis.HeartbeatInterval = TimeSpan.FromMilliseconds(250);
    }

    /// <summary>Returns a 503 problem with the reason, unless a drill hides it, while the case's fuse is tripped, otherwise null.</summary>
    internal static IResult? FuseProblem(this ICaseSwitch @case) => !@case.IsTripped ? null : TypedResults.Problem(
        title: "The fuse of the case has tripped.",
        detail: @case.IsHidden
            ? "A drill is on, which does not name the case."
            : $"{@case.Study.Id} {@case.Variant.Name()} holds {@case.HeldItems} items; the limit is {@case.FuseItems}. "
                + "Reset the case or switch it to Fixed.",
        statusCode: StatusCodes.Status503ServiceUnavailable);
}
