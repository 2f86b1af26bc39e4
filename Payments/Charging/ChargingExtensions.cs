using MassTransit;

namespace Shop.Payments.Charging;

/// <summary>Registers the consumer.</summary>
internal static class ChargingExtensions
{
    public static void AddCharging(this IBusRegistrationConfigurator bus) => bus.AddConsumer<ChargeConsumer, ChargeDefinition>();
}
