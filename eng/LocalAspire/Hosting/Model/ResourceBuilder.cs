namespace Aspire.Hosting.ApplicationModel;

/// <summary>What <c>WithAnnotation</c> does with annotations of the same type.</summary>
public enum ResourceAnnotationMutationBehavior { Append = 0, Replace = 1 }

/// <summary>Configures one resource; the With methods are its extensions.</summary>
public interface IResourceBuilder<out T> where T : IResource
{
    IDistributedApplicationBuilder ApplicationBuilder { get; }
    T Resource { get; }

    IResourceBuilder<T> WithAnnotation<TAnnotation>(TAnnotation annotation, ResourceAnnotationMutationBehavior behavior = ResourceAnnotationMutationBehavior.Append)
        where TAnnotation : IResourceAnnotation;
}

internal sealed record ResourceBuilder<T>(IDistributedApplicationBuilder ApplicationBuilder, T Resource) : IResourceBuilder<T> where T : IResource
{
    public IResourceBuilder<T> WithAnnotation<TAnnotation>(TAnnotation annotation, ResourceAnnotationMutationBehavior behavior) where TAnnotation : IResourceAnnotation
    {
        if (behavior == ResourceAnnotationMutationBehavior.Replace)
            foreach (var former in Resource.Annotations.OfType<TAnnotation>().ToList())
                Resource.Annotations.Remove(former);
        Resource.Annotations.Add(annotation);
        return this;
    }
}
