using System.Text.Json.Serialization;
using System.Text.Json;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Page.Live;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(LiveSample))]
internal sealed partial class LiveJson : JsonSerializerContext;
