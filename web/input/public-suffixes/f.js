/*! The public suffix list of publicsuffix.org, cut down. Mozilla Public License 2.0. */
// Made by tests/web/fixtures/public-suffix-list.js; what it means is in ../public-suffix.js.

/** A line for each top-level domain. */
export const SUFFIXES = `
fan mkm
fast space view
fi 123kotisivu aland dy fi.cloudplatform iki kapsi myspreadshop xn--hkkinen-5wa
financial co
fj biz id info name pro
fk *
fm *.user radio user
fr 123siteweb aeroport asso avocat avoues cci chambagri chirurgiens-dentistes-en-france chirurgiens-dentistes dedibox experts-comptables fbx-os fbxos freebox-os freeboxos goupile gouv greta huissier-justice kdns medecin myspreadshop nom notaires on-web pharmacien port prd tm veterinaire ynh
fun ms vicp yicp zicp
games pley sheezy
gay pages
gdn cnpy
ge cyb ddns llc online pvt school tnx
gg botdash daemon.panel kaas panel stackit
gh biz
gi ltd mod
global appwrite
goog *.usercontent cloud translate usercontent
gp asso mobi
gr barsy simplesite
group discourse
gt gob ind
gu guam info web
gw nx
health hra
hk idv inc ltd xn--55qx5d xn--ciqpn xn--gmq050i xn--gmqw5a xn--io0a7i xn--lcvr32d xn--mk0axi xn--mxtq1m xn--od0alg xn--od0aq3b xn--tn0ag xn--uc0atv xn--uc0ay4a xn--wcvs22d xn--zf0avx
hn gob
host bolt cloudaccess easypanel emergent fastvps freesite gadget half iserv jele mircloud myfast tempurl voati wp2 wpmudev
hosting opencraft
hr from iz name shop.brendly
ht adult art asso coop firm gouv info med perso pol pro rel rt shop
hu 2000 agrar bolt casino city erotica erotika film forum games hotel info ingatlan jogasz konyvelo lakas media news priv reklam sex shop sport suli szex tm tozsde utazas video
id ai biz desa e go kop my or ponpes sch web xn--9tfky zone
ie myspreadshop
il idf k12 muni mytabit.co ravpage.co tabitorder.co
im ltd.co plc.co tt tv
in 5g 6g aero ai alumni am bank barsy bihar biz business ca cloudns cn coop cs delhi dr er fin firm gen gujarat ind indevs info int internet io me nic pg post pro res school supabase travel tv ub uk up us web
info barrel-of-knowledge barrell-of-knowledge barsy cloudns dnsupdate dvrcam dynamic-dns dyndns for-our forumz groks-the groks-this here-for-more ilovecollege knowsitall mayfirst mittwald mittwaldserver no-ip nsupdate selfip typo3server v-info webhop
int eu
ir arvanedge id sch vistablog xn--mgba3a4f16a xn--mgba3a4fra
`;

/** The same; a line of one word is about the whole top-level domain. */
export const MIXED = `
gg ply
host amba
io
it
`;
