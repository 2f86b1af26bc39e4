using Shop.Documents.Imaging;
using Shop.ServiceDefaults.Admission;

namespace Shop.Documents;

/// <summary>Limits the number of concurrent requests that hold an image, each of at most 10 MB, and of those that decode one.</summary>
internal static class ImageLimits
{
    private static readonly AdmissionGroup Images = new("images", Concurrent: 8, Queued: 128, MaxWait: TimeSpan.FromSeconds(2));

    public static void AddImageLimits(this WebApplicationBuilder builder)
        => builder.Services.AddSingleton<ContentBuffers>().AddSingleton<ImageDecoder>().AddScoped<DocumentImages>();

    /// <summary>Admits the route's requests with all others that hold an image.</summary>
    public static RouteHandlerBuilder LimitImages(this RouteHandlerBuilder route) => route.AdmitAs(Images);
}
