using Microsoft.AspNetCore.Http.HttpResults;

namespace Shop.Orders.Catalogue;

/// <summary>The catalogue's route, open to all.</summary>
internal static class ProductsApi
{
    public static IEndpointRouteBuilder MapProducts(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/products", GetProducts);
        return routes;
    }

    private static Results<Ok<IEnumerable<Product>>, ValidationProblem> GetProducts(string? after, int limit = ProductCatalogue.Count)
        => limit is < 1 or > ProductCatalogue.Count
            ? TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["limit"] = [$"The limit must be 1 to {ProductCatalogue.Count}."] })
            : TypedResults.Ok(ProductCatalogue.All.Where(product => string.CompareOrdinal(product.Sku, after) > 0).Take(limit));
}
