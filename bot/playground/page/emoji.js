/** Which character does `:name:` stand for? The common ones; an unknown name stays as it was written. */

import { h } from "./dom.js";

const TABLE = `
+1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 ok_hand 👌 wave 👋 clap 👏 pray 🙏 raised_hands 🙌 muscle 💪 point_right 👉
point_left 👈 point_up ☝️ point_down 👇 handshake 🤝 writing_hand ✍️ eyes 👀 brain 🧠 ear 👂 speaking_head_in_silhouette 🗣️
smile 😄 smiley 😃 grinning 😀 grin 😁 slightly_smiling_face 🙂 blush 😊 wink 😉 joy 😂 sweat_smile 😅 relieved 😌
thinking_face 🤔 neutral_face 😐 confused 😕 disappointed 😞 cry 😢 sob 😭 tired_face 😫 exploding_head 🤯 hugging_face 🤗
partying_face 🥳 sunglasses 😎 star-struck 🤩 upside_down_face 🙃 zzz 💤 robot_face 🤖
heart ❤️ green_heart 💚 blue_heart 💙 yellow_heart 💛 purple_heart 💜 orange_heart 🧡 sparkling_heart 💖
tada 🎉 confetti_ball 🎊 sparkles ✨ star ⭐ star2 🌟 fire 🔥 rocket 🚀 trophy 🏆 medal 🏅 dart 🎯 100 💯 boom 💥 gem 💎 crown 👑
white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ heavy_multiplication_x ✖️ heavy_plus_sign ➕
heavy_minus_sign ➖ warning ⚠️ no_entry ⛔ no_entry_sign 🚫 question ❓ grey_question ❔ exclamation ❗ bangbang ‼️
information_source ℹ️ bulb 💡 mag 🔍 mag_right 🔎 bell 🔔 no_bell 🔕 lock 🔒 unlock 🔓 key 🔑 link 🔗 paperclip 📎 pushpin 📌
round_pushpin 📍 memo 📝 pencil 📝 pencil2 ✏️ clipboard 📋 notebook 📓 book 📖 books 📚 bookmark 🔖 label 🏷️ page_facing_up 📄
inbox_tray 📥 outbox_tray 📤 package 📦 email 📧 envelope ✉️ speech_balloon 💬 thought_balloon 💭 mega 📣 loudspeaker 📢
calendar 📅 date 📅 spiral_calendar_pad 🗓️ alarm_clock ⏰ clock1 🕐 clock9 🕘 clock10 🕙 stopwatch ⏱️ hourglass ⌛
hourglass_flowing_sand ⏳ watch ⌚ chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 bar_chart 📊 abacus 🧮
gear ⚙️ wrench 🔧 hammer 🔨 hammer_and_wrench 🛠️ test_tube 🧪 alembic ⚗️ microscope 🔬 telescope 🔭 compass 🧭 world_map 🗺️ bug 🐛
computer 💻 keyboard ⌨️ iphone 📱 phone ☎️ floppy_disk 💾 wastebasket 🗑️ shield 🛡️ balance_scale ⚖️ moneybag 💰 gift 🎁
seedling 🌱 herb 🌿 four_leaf_clover 🍀 deciduous_tree 🌳 evergreen_tree 🌲 sunflower 🌻 cherry_blossom 🌸 tulip 🌷 leaves 🍃
sunny ☀️ partly_sunny ⛅ cloud ☁️ rainbow 🌈 snowflake ❄️ zap ⚡ droplet 💧 ocean 🌊 earth_africa 🌍 mountain ⛰️ sunrise 🌅
coffee ☕ tea 🍵 cake 🍰 birthday 🎂 pizza 🍕 apple 🍎 beers 🍻
dog 🐶 cat 🐱 turtle 🐢 butterfly 🦋 bee 🐝 owl 🦉 penguin 🐧 snail 🐌
runner 🏃 walking 🚶 bike 🚲 car 🚗 airplane ✈️ house 🏠 office 🏢 school 🏫 tent ⛺ palm_tree 🌴 busts_in_silhouette 👥
bust_in_silhouette 👤 people_hugging 🫂 family 👪 student 🧑‍🎓 teacher 🧑‍🏫
arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️ arrow_upper_right ↗️ arrow_lower_right ↘️ arrow_forward ▶️ fast_forward ⏩
double_vertical_bar ⏸️ pause_button ⏸️ black_square_for_stop ⏹️ leftwards_arrow_with_hook ↩️ arrow_right_hook ↪️
repeat 🔁 arrows_counterclockwise 🔄 recycle ♻️ new 🆕 free 🆓 up 🆙 ok 🆗 sos 🆘
red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡 large_green_circle 🟢 large_blue_circle 🔵 large_purple_circle 🟣
white_circle ⚪ black_circle ⚫ white_large_square ⬜ black_large_square ⬛ large_green_square 🟩 large_yellow_square 🟨
small_blue_diamond 🔹 small_orange_diamond 🔸 one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ keycap_ten 🔟
`;

const pairs = TABLE.trim().split(/\s+/);
const CHARACTERS = new Map(pairs.flatMap((name, at) => (at % 2 ? [] : [[name, pairs[at + 1]]])));

/** The reactions that a person can add with one tap. */
export const QUICK_REACTIONS = ["+1", "tada", "eyes", "bulb", "heart", "white_check_mark"];

/** The character behind a name, or undefined. */
export const emojiCharacter = (name) => CHARACTERS.get(name.replace(/::skin-tone-\d$/, ""));

/**
 * An emoji with its name for those who do not see it.
 *
 * @param {string} name without colons
 * @param {string} written how it stood in the text; only `:name:` is an emoji
 * @returns {Element|undefined} undefined when the name is unknown
 */
export function emoji(name, written = `:${name}:`) {
  const character = written === `:${name}:` ? emojiCharacter(name) : undefined;
  return character && h("span", { class: "emoji", role: "img", "aria-label": name.replaceAll("_", " ") }, character);
}
