using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Shop.Payments.Data;
using Shop.ServiceDefaults.Customers;

namespace Shop.Payments;

/// <summary>The route of a customer's payments.</summary>
internal static class PaymentsApi
{
    public static RouteGroupBuilder MapPayments(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/payments").RequireCustomer();
        group.MapGet("/{orderId:guid}", FindPayment);
        return group;
    }

    private static async Task<Results<Ok<PaymentView>, NotFound>> FindPayment(
        Guid orderId, Customer customer, PaymentsDb db, CancellationToken cancellation)
        => await db.Payments.Where(payment => payment.OrderId == orderId && payment.CustomerId == customer.CustomerId)
            .Select(payment => new PaymentView(payment.OrderId, payment.Status, payment.Amount, payment.DeclineReason, payment.CompletedAt))
            .FirstOrDefaultAsync(cancellation) is { } view ? TypedResults.Ok(view) : TypedResults.NotFound();
}
