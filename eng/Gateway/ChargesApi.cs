using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Shop.Gateway;

/// <summary>The routes of the stand-in for the external payment gateway.</summary>
internal static class ChargesApi
{
    private const int MaxKeyLength = 128;
    private const string ReferenceHeader = "Customer-Reference";

    public static void AddCharges(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<GatewayOptions>().BindConfiguration(GatewayOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<ChargeLedger>();
    }

    public static RouteGroupBuilder MapCharges(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/charges");
        group.MapPost("/", PostCharge).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapGet("/{key}", FindCharge);
        group.MapGet("/summary", (ChargeLedger ledger) => TypedResults.Ok(ledger.Summary));
        return group;
    }

    private static async Task<Results<Ok<Charge>, ValidationProblem, ProblemHttpResult>> PostCharge(
        [FromHeader(Name = "Idempotency-Key"), Required] string? key, [FromHeader(Name = ReferenceHeader), Required] string? reference,
        ChargeRequest request, ChargeLedger ledger, IOptions<GatewayOptions> options, TimeProvider time, CancellationToken cancellation)
    {
        if (Check(key, reference, request) is { Count: > 0 } errors)
            return TypedResults.ValidationProblem(errors);
        var odds = ChargeOdds.Of(request.OrderId);
        // The charge is recorded before the delay: as with a real gateway, a client that times out has still been charged.
        var charge = ledger.Charge(key!, request.OrderId, request.Amount, odds.Decision);
        await Task.Delay(options.Value.MeanLatency + options.Value.LatencyJitter * (2 * odds.Latency - 1), time, cancellation);
        return charge.OrderId == request.OrderId && charge.Amount == request.Amount
            ? TypedResults.Ok(charge)
            : TypedResults.Problem(title: "The idempotency key belongs to another charge.", statusCode: StatusCodes.Status409Conflict);
    }

    private static Results<Ok<Charge>, NotFound> FindCharge(string key, ChargeLedger ledger)
        => ledger.Find(key) is { } charge ? TypedResults.Ok(charge) : TypedResults.NotFound();

    private static Dictionary<string, string[]> Check(string? key, string? reference, ChargeRequest request)
    {
        var errors = new Dictionary<string, string[]>();
        if (key is not { Length: > 0 and <= MaxKeyLength })
            errors["Idempotency-Key"] = [$"The header is required, with 1 to {MaxKeyLength} characters."];
        request.Check(errors);
        if (request.CustomerId is { } customer && reference != Customer.Of(customer).Reference)
            errors[ReferenceHeader] = ["The header must have the gateway's reference of the customer."];
        return errors;
    }
}
