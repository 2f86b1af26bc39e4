using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shop.Lab.Baselines;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(BaselineRecord))]
internal sealed partial class BaselineJson : JsonSerializerContext;
