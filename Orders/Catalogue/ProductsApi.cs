using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Shop.Orders.Catalogue;

/// <summary>The public route of the product catalogue.</summary>
internal static class ProductsApi
{
    public static IEndpointRouteBuilder MapProducts(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/products", GetProducts).ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        return routes;
    }

    private static Ok<IEnumerable<Product>> GetProducts(
        string? after,
        [Range(1, ProductCatalogue.Count, ErrorMessage = "The limit must be {1} to {2}.")] int limit = ProductCatalogue.Count)
        => TypedResults.Ok(ProductCatalogue.All.Where(product => string.CompareOrdinal(product.Sku, after) > 0).Take(limit));
}
