using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Shop.Orders.Data;
using Shop.Orders.OrderDispatch;
using Shop.Orders.OrderEvents;
using Shop.Orders.OrderExport;
using Shop.Orders.OrderRepository;
using Shop.Orders.OrderSummary;
using Shop.Orders.Placing;
using Shop.Orders.PreparedStatements;
using Shop.Orders.Reading;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Admission;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;

namespace Shop.Orders;

/// <summary>The routes of a customer's orders.</summary>
internal static class OrdersApi
{
    private const string KeyHeader = "Idempotency-Key";
    private const string KeyError = "The header is required, with 1 to 128 printable characters.";
    private const int MaxKeyLength = 128;
    private const string DayError = "The day is required, as yyyy-MM-dd.";
    // Each takes a core for itself, and a large one takes seconds: more at a time make each only slower.
    private static readonly AdmissionGroup Exports = new("exports", Concurrent: 3, Queued: 64, MaxWait: TimeSpan.FromSeconds(0.25));

    public static RouteGroupBuilder MapOrders(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/orders").RequireCustomer();
        group.MapPost("/", PlaceOrder).Feeds<OrderDispatchCase>().Feeds<OrderEventsCase>()
            .ProducesProblem(StatusCodes.Status409Conflict).AddOpenApiOperationTransformer(DescribeRequest);
        group.MapGet("/", ListOrders).Feeds<PreparedStatementsCase>().ProducesValidationProblem();
        group.MapGet("/{id:guid}", FindOrder).Feeds<OrderEventsCase>().Feeds<OrderRepositoryCase>();
        group.MapGet("/export", ExportOrders).AdmitAs(Exports).Feeds<OrderExportCase>()
            .Produces<Stream>(StatusCodes.Status200OK, JsonLines.ContentType);
        group.MapGet("/summary", SummarizeDay).Feeds<OrderSummaryCase>();
        return group;
    }

    private static async Task<Results<Accepted<OrderAccepted>, ValidationProblem, ProblemHttpResult>> PlaceOrder(
        [FromHeader(Name = KeyHeader), Required(ErrorMessage = KeyError)] string? idempotencyKey, JsonElement request, Customer customer,
        OrderPlacing placing, CancellationToken cancellation)
    {
        // Validation skips a header that is missing.
        if (!IsKey(idempotencyKey))
            return Invalid(KeyHeader, KeyError);
        if (request.ValueKind != JsonValueKind.Object)
            return Invalid("body", "The body must be a JSON object.");
        // Not null, because a write is not authenticated from the cache.
        return await placing.PlaceAsync(customer.Session!, idempotencyKey!, request, cancellation);
    }

    // Its type is JsonElement, which could be any JSON value.
    private static Task DescribeRequest(OpenApiOperation operation, OpenApiOperationTransformerContext _, CancellationToken cancellation)
    {
        operation.RequestBody!.Content!["application/json"].Schema = new OpenApiSchema { Type = JsonSchemaType.Object };
        return Task.CompletedTask;
    }

    private static async Task<Ok<Page<OrderListItem>>> ListOrders(
        Customer customer, OrderReading orders, CaseSwitch<IPreparedStatements> searches, Guid? after,
        [RegularExpression(@"[^\0]{0,100}", ErrorMessage = "The search text must have at most 100 characters, none of them null.")]
        string? search,
        CancellationToken cancellation,
        [Range(1, Paging.MaxSize, ErrorMessage = "The limit must be {1} to {2}.")] int limit = Paging.DefaultSize)
        => TypedResults.Ok(string.IsNullOrEmpty(search)
            ? await orders.ListAsync(customer.CustomerId, after, limit, cancellation)
            : await searches.Current.SearchAsync(customer.CustomerId, after, limit, search, cancellation));

    private static async Task<Results<Ok<OrderView>, NotFound>> FindOrder(
        Guid id, Customer customer, CaseSwitch<IOrderRepository> orders, CaseSwitch<IOrderEvents> events, CancellationToken cancellation)
        => await orders.Current.FindAsync(customer.CustomerId, id, cancellation) is { } order
            ? TypedResults.Ok(order with { Events = events.Current.Read(order) })
            : TypedResults.NotFound();

    private static Task ExportOrders(
        HttpResponse response, Customer customer, OrdersDb db, CaseSwitch<IOrderExport> exports, CancellationToken cancellation)
        => exports.Current.WriteAsync(db, customer.CustomerId, response, cancellation);

    private static async Task<Results<Ok<DaySummary>, ValidationProblem>> SummarizeDay(
        [Required(ErrorMessage = DayError), RegularExpression(@"\d{4}-\d{2}-\d{2}", ErrorMessage = DayError)] string? day,
        Customer customer, OrdersDb db, CaseSwitch<IOrderSummary> summary, CancellationToken cancellation)
        // The range ends at the start of the next day, which does not exist for DateOnly.MaxValue.
        => DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && date < DateOnly.MaxValue
            ? TypedResults.Ok(await summary.Current.SummarizeAsync(db, customer.CustomerId, date, cancellation))
            : Invalid("day", DayError);

    private static bool IsKey(string? key)
        => key is { Length: > 0 and <= MaxKeyLength } && !key.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static ValidationProblem Invalid(string name, string message)
        => TypedResults.ValidationProblem(new Dictionary<string, string[]> { [name] = [message] });
}
