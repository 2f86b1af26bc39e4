using MassTransit;

namespace Shop.Sessions.Carts;

/// <summary>Registers the consumer.</summary>
internal static class OrderedLinesExtensions
{
    public static void AddOrderedLines(this IBusRegistrationConfigurator bus) => bus.AddConsumer<OrderedLines, OrderedLinesDefinition>();
}
