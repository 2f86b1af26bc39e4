using Shop.ServiceDefaults.Cases;

namespace Shop.Payments.PaymentPayload;

/// <summary>Registers the case; each charge feeds it.</summary>
internal static class PaymentPayloadApi
{
    public static void AddPaymentPayload(this IHostApplicationBuilder builder)
        => builder.AddCase<IPaymentPayload, LeakyPaymentPayload, FixedPaymentPayload>(CaseCatalog.PaymentPayload);
}
