using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Shop.ServiceDefaults.Messages;

/// <summary>Adds the outbox and the inbox of a service's context.</summary>
internal static class OutboxExtensions
{
    /// <summary>Adds <see cref="Outbox{TContext}"/> and its publisher.</summary>
    public static void AddOutbox<TContext>(this IHostApplicationBuilder builder) where TContext : DbContext
    {
        builder.Services.AddOptions<OutboxOptions>().BindConfiguration(OutboxOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<OutboxMetrics>();
        builder.Services.AddSingleton<Outbox<TContext>>();
        builder.Services.AddHostedService<OutboxPublisher<TContext>>();
    }

    /// <summary>Adds <see cref="Inbox{TContext}"/> for the consumers, and its cleaner.</summary>
    public static void AddInbox<TContext>(this IHostApplicationBuilder builder) where TContext : DbContext
    {
        builder.Services.AddScoped<Inbox<TContext>>();
        builder.Services.AddHostedService<InboxCleaner<TContext>>();
    }
}
